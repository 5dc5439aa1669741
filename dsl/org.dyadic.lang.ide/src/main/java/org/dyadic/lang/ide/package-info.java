/**
 * What an editor asks about {@code .dyadic} files, answered over the language server protocol.
 * {@code Walk} knows what a word means at any place of a text, however broken; {@code Workspace}
 * keeps what is known of files that are being written. Nothing here is exported.
 */
package org.dyadic.lang.ide;
