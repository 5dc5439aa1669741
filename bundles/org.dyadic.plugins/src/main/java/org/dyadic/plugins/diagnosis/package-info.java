/** Why bundles and components do not run, in a user's words. The launcher carries a copy. */
package org.dyadic.plugins.diagnosis;
