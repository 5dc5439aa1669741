package org.dyadic.lang.ide;

import java.nio.file.Path;
import java.util.List;
import org.dyadic.lang.syntax.Scan;
import org.eclipse.lsp4j.TextEdit;

/** How a file imports another. */
final class Imports {

    private Imports() {}

    /** The path to write. */
    static String written(Document from, Path to) {
        var folder = from.path().getParent();
        return folder.relativize(to).toString().replace('\\', '/');
    }

    /** Adds an import after those there are, or at the start. */
    static TextEdit edit(Document document, String written) {
        String line = "import \"" + written + "\"\n";
        List<Scan.Segment> imports =
                document.segments().stream()
                        .filter(it -> it.kind().equals("import"))
                        .map(Document.Declared::at)
                        .toList();
        if (imports.isEmpty()) {
            return new TextEdit(document.range(0, 0), line + "\n");
        }
        int end = imports.get(imports.size() - 1).end();
        int next = document.text().indexOf('\n', end);
        return next < 0
                ? new TextEdit(
                        document.range(document.text().length(), document.text().length()),
                        "\n" + line)
                : new TextEdit(document.range(next + 1, next + 1), line);
    }
}
