package org.dyadic.lang.ide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.runtime.CommonToken;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.Metric;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.lang.ide.Place.Role;
import org.dyadic.lang.syntax.Scan;
import org.dyadic.lang.syntax.TokenKind;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.InsertTextFormat;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What may be written at a place, with documentation; works in half-written files. */
final class Completion {

    private final Workspace workspace;
    private final Document document;
    private final Vocabulary vocabulary;
    private final boolean snippets;
    private final List<CompletionItem> items = new ArrayList<>();
    private Range replaced;

    private Completion(Workspace workspace, Document document, boolean snippets) {
        this.workspace = workspace;
        this.document = document;
        this.vocabulary = workspace.vocabulary(document);
        this.snippets = snippets;
    }

    /**
     * @param snippets true if the editor understands place holders
     */
    static List<CompletionItem> at(
            Workspace workspace, Document document, int offset, boolean snippets) {
        return new Completion(workspace, document, snippets).at(offset);
    }

    private List<CompletionItem> at(int offset) {
        var inside =
                document.tokens().stream().filter(token -> isInside(token, offset)).findFirst();
        if (inside.isPresent() && isComment(inside.get())) {
            return List.of();
        }
        var segment = document.segmentAt(offset);
        var visible = segment.map(it -> it.at().tokens()).orElse(List.of());
        var prefix = visible.stream().filter(token -> isPrefix(token, offset)).findFirst();
        int start = prefix.map(CommonToken::getStartIndex).orElse(offset);
        replaced = document.range(start, offset);
        var walk = new Walk(vocabulary);
        Place place = null;
        for (var token : visible) {
            if (place == null && token.getStartIndex() >= start) {
                place = walk.next();
            }
            if (prefix.isEmpty() || token != prefix.get()) {
                walk.accept(token);
            }
        }
        place = place == null ? walk.next() : place;
        if (prefix.isPresent() && TokenKind.of(prefix.get()) == TokenKind.TEXT) {
            if (place.role() instanceof Role.FilePath path) {
                paths(path, prefix.get(), offset);
            }
            return items;
        }
        if (prefix.isEmpty() && isRightAfterNumber(visible, offset)) {
            return List.of(); // "4|": nothing is typed yet that could be completed
        }
        propose(place.role(), segment.map(Document.Declared::name).orElse(""));
        for (var keyword : place.keywords()) {
            keyword(keyword);
        }
        return items;
    }

    private static boolean isInside(CommonToken token, int offset) {
        return token.getStartIndex() < offset
                && (offset < Document.end(token)
                        || TokenKind.of(token) == TokenKind.LINE_COMMENT
                                && offset == Document.end(token));
    }

    private static boolean isComment(CommonToken token) {
        var kind = TokenKind.of(token);
        return kind == TokenKind.LINE_COMMENT
                || kind == TokenKind.BLOCK_COMMENT
                || token.getText().startsWith("/*");
    }

    /** True for the word or text that is being written. */
    private static boolean isPrefix(CommonToken token, int offset) {
        boolean touches = token.getStartIndex() < offset && offset <= Document.end(token);
        char first = token.getText().charAt(0);
        return touches && (Character.isLetter(first) || first == '_' || first == '"');
    }

    private static boolean isRightAfterNumber(List<CommonToken> tokens, int offset) {
        return tokens.stream()
                .anyMatch(
                        token ->
                                TokenKind.of(token) == TokenKind.NUMBER
                                        && Document.end(token) == offset);
    }

    private void propose(Role role, String own) {
        if (role instanceof Role.Reference reference) {
            references(reference.kinds(), own);
        } else if (role instanceof Role.Plugin plugin) {
            for (var info : vocabulary.plugins(plugin.kind())) {
                add(info.id(), CompletionItemKind.Module, info.parameters().documentation())
                        .setDocumentation(markdown(Docs.plugin(info)));
            }
        } else if (role instanceof Role.SettingName setting) {
            settings(setting.owner());
        } else if (role instanceof Role.SettingValue value) {
            value.owner().parameter(value.name()).ifPresent(this::values);
        } else if (role instanceof Role.UnitOf unit) {
            unit.owner().parameter(unit.name()).ifPresent(this::units);
        } else if (role instanceof Role.Layers) {
            for (var layers : LayerClass.values()) {
                add(layers.id(), CompletionItemKind.EnumMember, layers.meaning());
            }
            snippet("\"…\"", "\"${1:layer*}\"", "layers by name; * stands for any characters");
        } else if (role instanceof Role.MetricWord) {
            for (var metric : Metric.values()) {
                add(metric.id(), CompletionItemKind.EnumMember, metric.dimension().phrase())
                        .setDocumentation(markdown(Docs.metric(metric.id()).orElse("")));
            }
        } else if (role instanceof Role.Step step) {
            vocabulary
                    .steps(step.path())
                    .forEach((word, line) -> add(word, CompletionItemKind.Property, line));
        } else if (role instanceof Role.FilePath) {
            snippet("\"…\"", "\"${1:path}\"", "a path relative to this file");
        }
    }

    // ---- names

    private void references(Set<String> kinds, String own) {
        // Nothing refers to itself.
        var known = new HashSet<>(Set.of(own));
        for (var declaration : workspace.visible(document)) {
            String kind = Kinds.of(declaration);
            if (kinds.contains(kind) && known.add(declaration.getName())) {
                add(declaration.getName(), CompletionItemKind.Variable, kind)
                        .setDocumentation(
                                markdown(Names.describe(workspace, document, declaration)));
            }
        }
        // The declaration being written is not in the program, but others of the file may be
        // broken.
        for (var declared : document.declared()) {
            if (kinds.contains(declared.kind()) && known.add(declared.name())) {
                add(declared.name(), CompletionItemKind.Variable, declared.kind());
            }
        }
        for (var path : workspace.files()) {
            if (!path.equals(document.path())) {
                workspace.readable(path).ifPresent(other -> imported(other, kinds, known));
            }
        }
    }

    /** Names of files that are not imported yet; choosing one imports its file. */
    private void imported(Document other, Set<String> kinds, Set<String> known) {
        for (var declared : other.declared()) {
            if (kinds.contains(declared.kind()) && known.add(declared.name())) {
                String written = Imports.written(document, other.path());
                var item =
                        add(
                                declared.name(),
                                CompletionItemKind.Variable,
                                declared.kind() + ", imports \"" + written + '"');
                item.setAdditionalTextEdits(List.of(Imports.edit(document, written)));
                item.setSortText("z" + declared.name());
            }
        }
    }

    // ---- settings

    private void settings(Owner owner) {
        var spec = owner.spec();
        if (spec.isEmpty()) {
            return;
        }
        int order = 0;
        for (var parameter : spec.get().parameters()) {
            order++;
            if (owner.has(parameter)) {
                continue;
            }
            var item = add(parameter.name(), CompletionItemKind.Property, Docs.line(parameter));
            item.setDocumentation(markdown(Docs.parameter(owner, parameter)));
            item.setSortText("%03d".formatted(order));
            insert(
                    item,
                    parameter.name() + " " + placeholder(parameter),
                    parameter.type() instanceof ParameterType.Block ? "" : parameter.name());
        }
    }

    private static String placeholder(Parameter parameter) {
        if (parameter.type() instanceof ParameterType.Block) {
            return "{ $0 }";
        }
        String example =
                parameter
                        .fallback()
                        .map(Value::toString)
                        .orElseGet(() -> example(parameter.type()));
        return "${1:" + example.replace("}", "\\}").replace("$", "\\$") + "}";
    }

    private static String example(ParameterType type) {
        if (type instanceof ParameterType.Whole whole) {
            return Integer.toString(whole.min());
        } else if (type instanceof ParameterType.Measure measure) {
            return measure.min().toString();
        } else if (type instanceof ParameterType.Extent) {
            return "8 x 8";
        } else if (type instanceof ParameterType.Choice choice) {
            return choice.options().get(0);
        } else if (type instanceof ParameterType.Text) {
            return "\"text\"";
        }
        return "1";
    }

    private void values(Parameter parameter) {
        if (parameter.type() instanceof ParameterType.Choice choice) {
            for (var option : choice.options()) {
                boolean usual =
                        parameter
                                .fallback()
                                .map(Value::toString)
                                .filter(option::equals)
                                .isPresent();
                add(option, CompletionItemKind.EnumMember, usual ? "default" : "")
                        .setDocumentation(markdown(parameter.documentation()));
            }
            return;
        }
        String example =
                parameter
                        .fallback()
                        .map(Value::toString)
                        .orElseGet(() -> example(parameter.type()));
        if (!(parameter.type() instanceof ParameterType.Block)) {
            add(example, CompletionItemKind.Value, parameter.type().allowed())
                    .setDocumentation(markdown(parameter.documentation()));
        }
        units(parameter);
    }

    private void units(Parameter parameter) {
        if (parameter.type() instanceof ParameterType.Measure measure) {
            for (var symbol : Unit.symbols(measure.min().unit().dimension())) {
                add(symbol, CompletionItemKind.Unit, "unit")
                        .setDocumentation(markdown(Docs.unit(symbol).orElse("")));
            }
        }
    }

    // ---- paths

    private void paths(Role.FilePath role, CommonToken text, int offset) {
        String written =
                document.text(text.getStartIndex() + 1, Math.max(offset, text.getStartIndex() + 1));
        int slash = written.lastIndexOf('/') + 1;
        int start = text.getStartIndex() + 1 + slash;
        replaced = document.range(start, Math.max(start, offset));
        String folder = written.substring(0, slash);
        Workspace.resolve(document.path(), folder.isEmpty() ? "." : folder)
                .filter(Files::isDirectory)
                .ifPresent(path -> entries(path, role.after()));
    }

    private void entries(Path folder, String after) {
        try (var entries = Files.list(folder)) {
            entries.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(path -> !path.equals(document.path()))
                    .filter(path -> Files.isDirectory(path) || fits(path, after))
                    .sorted()
                    .limit(200)
                    .forEach(
                            path -> {
                                boolean inner = Files.isDirectory(path);
                                add(
                                        path.getFileName() + (inner ? "/" : ""),
                                        inner ? CompletionItemKind.Folder : CompletionItemKind.File,
                                        "");
                            });
        } catch (IOException | SecurityException e) {
            // Then there is nothing to propose.
        }
    }

    private static boolean fits(Path path, String after) {
        return switch (after) {
            case "import" -> path.toString().endsWith(".dyadic");
            case "network" -> path.toString().endsWith(".onnx");
            default -> true;
        };
    }

    // ---- items

    private void keyword(String word) {
        var item = add(word, CompletionItemKind.Keyword, "");
        Docs.keyword(word).ifPresent(line -> item.setDocumentation(markdown(line)));
        item.setSortText("y" + word);
        if (Scan.DECLARING.contains(word)) {
            insert(item, template(word), word);
        }
    }

    private static String template(String word) {
        return switch (word) {
            case "import" -> "import \"${1:library.dyadic}\"";
            case "network" -> "network ${1:Name} from \"${2:models/network.onnx}\"";
            case "dataset" -> "dataset ${1:Name} from \"${2:data}\" as ${3:format}";
            case "accelerator" -> "accelerator ${1:Name} uses ${2:backend} {\n    $0\n}";
            case "policy" ->
                    "policy ${1:Name} {\n    default weights ${2:quantizer} activations"
                            + " ${3:quantizer}\n}";
            case "experiment" ->
                    "experiment ${1:Name} {\n    network ${2:Network}\n    policies ${3:Policy}\n"
                            + "    $0\n}";
            default ->
                    "sweep ${1:Name} of ${2:Experiment} {\n    vary ${3:Name.setting} over $0\n"
                            + "    minimise energy\n}";
        };
    }

    private void snippet(String label, String text, String detail) {
        if (snippets) {
            insert(add(label, CompletionItemKind.Snippet, detail), text, label);
        }
    }

    private CompletionItem add(String label, CompletionItemKind kind, String detail) {
        var item = new CompletionItem(label);
        item.setKind(kind);
        if (!detail.isEmpty()) {
            item.setDetail(detail);
        }
        item.setTextEdit(Either.forLeft(new TextEdit(replaced, label)));
        items.add(item);
        return item;
    }

    /** Inserts a text with place holders, or {@code plain} where an editor has none. */
    private void insert(CompletionItem item, String text, String plain) {
        if (snippets) {
            item.setInsertTextFormat(InsertTextFormat.Snippet);
            item.setTextEdit(Either.forLeft(new TextEdit(replaced, text)));
        } else if (!plain.isEmpty()) {
            item.setTextEdit(Either.forLeft(new TextEdit(replaced, plain)));
        }
    }

    private static MarkupContent markdown(String text) {
        return new MarkupContent(MarkupKind.MARKDOWN, text);
    }

    /** The units in which a bare number is allowed, those that keep it in range. */
    static List<String> fittingUnits(ParameterType.Measure type, double number) {
        return Unit.symbols(type.min().unit().dimension()).stream()
                .filter(
                        symbol -> {
                            var quantity = Quantity.of(number, Unit.of(symbol).orElseThrow());
                            return quantity.compareTo(type.min()) >= 0
                                    && quantity.compareTo(type.max()) <= 0;
                        })
                .toList();
    }

    /** The role of the token at an offset. */
    static Optional<Place> placeOf(Document document, Vocabulary vocabulary, CommonToken wanted) {
        var segment = document.segmentAt(wanted.getStartIndex());
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        var walk = new Walk(vocabulary);
        for (var token : segment.get().at().tokens()) {
            if (token == wanted) {
                return Optional.of(walk.next());
            }
            walk.accept(token);
        }
        return Optional.empty();
    }
}
