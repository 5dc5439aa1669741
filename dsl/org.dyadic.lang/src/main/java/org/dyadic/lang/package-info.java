/**
 * The language of {@code .dyadic} files. A text becomes tokens and a tree in {@code syntax}, files
 * find each other in {@code source}, and {@code checks} turns what is right into records of the API
 * and what is wrong into diagnostics. {@code Dyadic.xtext} is the grammar; {@code dsl/DECISIONS.md}
 * says why it is as it is. Nothing here is exported.
 */
package org.dyadic.lang;
