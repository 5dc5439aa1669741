/** The two reports every run leaves behind: {@code result.json} and {@code report.html}. */
package org.dyadic.workbench.report;
