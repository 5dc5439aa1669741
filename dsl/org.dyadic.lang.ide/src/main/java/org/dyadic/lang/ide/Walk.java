package org.dyadic.lang.ide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.antlr.runtime.CommonToken;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.lang.ide.Place.Role;
import org.dyadic.lang.syntax.Scan;
import org.dyadic.lang.syntax.TokenKind;

/**
 * Follows the tokens of one declaration and knows at each what may come next and what it means. It
 * never refuses anything, so it works in half-written texts, where a parser has no tree to offer.
 */
final class Walk {

    private static final List<String> PART_WORDS = List.of("weights", "activations");
    private static final List<String> RULE_WORDS = List.of("calibrate", "default", "layers");
    private static final List<String> EXPERIMENT_WORDS =
            List.of("network", "dataset", "policies", "accelerators", "simulator", "expect");
    private static final List<String> SWEEP_WORDS = List.of("vary", "minimise", "maximise");

    private final Vocabulary vocabulary;
    private final List<String> header = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private boolean closed;

    Walk(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** What may come next. */
    Place next() {
        if (!frames.isEmpty()) {
            return frames.peek().next();
        }
        return closed ? Place.words(Scan.DECLARING) : inHeader();
    }

    /** True if {@code token}, coming next, begins a setting, a rule or another part of a block. */
    boolean begins(CommonToken token) {
        return frames.isEmpty()
                ? header.isEmpty() || closed
                : !isBrace(token) && frames.peek().begins(token);
    }

    /** How many braces are open. */
    int depth() {
        return frames.size();
    }

    void accept(CommonToken token) {
        if (!frames.isEmpty()) {
            frames.peek().accept(token);
        } else if (!closed && token.getText().equals("{")) {
            frames.push(body());
        } else if (!closed) {
            header.add(token.getText());
        }
    }

    private static boolean isBrace(CommonToken token) {
        return token.getText().equals("{") || token.getText().equals("}");
    }

    private void pop() {
        frames.pop();
        closed = frames.isEmpty();
    }

    // ---- what stands before the braces

    private Place inHeader() {
        int size = header.size();
        if (size == 0) {
            return Place.words(Scan.DECLARING);
        }
        String kind = header.get(0);
        String last = header.get(size - 1);
        if (kind.equals("import")) {
            return size == 1 ? Place.of(new Role.FilePath("import")) : Place.words(Scan.DECLARING);
        }
        if (size == 1) {
            return Place.of(new Role.Declared(kind));
        }
        return switch (kind) {
            case "network" ->
                    last.equals("from") && size == 3
                            ? Place.of(new Role.FilePath(kind))
                            : size == 2 ? Place.words("from") : ends();
            case "dataset" ->
                    size == 3
                            ? Place.of(new Role.FilePath(kind))
                            : size == 5
                                    ? Place.of(new Role.Plugin(PluginKind.DATASET))
                                    : size == 2
                                            ? Place.words("from")
                                            : size == 4 ? Place.words("as") : ends();
            case "accelerator" -> inAccelerator(last);
            case "policy" ->
                    last.equals("extends")
                            ? Place.of(new Role.Reference(Set.of("policy")))
                            : size == 2
                                    ? Place.of(new Role.Plugin(PluginKind.QUANTIZER), "extends")
                                    : ends();
            case "sweep" ->
                    size == 3
                            ? Place.of(new Role.Reference(Set.of("experiment")))
                            : size == 2 ? Place.words("of") : Place.words();
            default -> Place.words();
        };
    }

    private Place inAccelerator(String last) {
        if (last.equals("extends")) {
            return Place.of(new Role.Reference(Set.of("accelerator")));
        }
        if (last.equals("uses")) {
            return Place.of(new Role.Plugin(PluginKind.BACKEND));
        }
        var words = new ArrayList<String>();
        if (!header.contains("uses")) {
            if (!header.contains("extends")) {
                words.add("extends");
            }
            words.add("uses");
        }
        if (header.size() > 2) {
            words.addAll(Scan.DECLARING);
        }
        return Place.words(words);
    }

    /** The declaration may have braces, or be complete without. */
    private static Place ends() {
        return Place.words(Scan.DECLARING);
    }

    private Frame body() {
        String kind = header.isEmpty() ? "" : header.get(0);
        boolean everywhere = header.size() > 2 && !header.get(2).equals("extends");
        return switch (kind) {
            case "policy" -> everywhere ? new Settings(vocabulary.ofHeader(header)) : new Rules();
            case "experiment" -> new Parts();
            case "sweep" -> new Axes();
            case "" -> new Settings(Owner.unknown());
            default -> new Settings(vocabulary.ofHeader(header));
        };
    }

    // ---- what stands between them

    private abstract class Frame {

        abstract Place next();

        abstract void accept(CommonToken token);

        abstract boolean begins(CommonToken token);
    }

    /** The values of a setting: numbers with units, words, lists. */
    private static final class Values {

        private enum State {
            START,
            NUMBER,
            COLUMNS,
            UNIT,
            SLASH,
            DONE
        }

        private State state = State.START;

        /** False if the values ended before this token. */
        boolean continuesWith(CommonToken token) {
            String text = token.getText();
            return switch (state) {
                case START, COLUMNS, SLASH -> true;
                case NUMBER ->
                        TokenKind.of(token) == TokenKind.BY
                                || TokenKind.of(token) == TokenKind.UNIT
                                || text.equals("%")
                                || text.equals(",");
                case UNIT -> text.equals("/") || text.equals(",");
                case DONE -> text.equals(",");
            };
        }

        void accept(CommonToken token) {
            String text = token.getText();
            state =
                    switch (state) {
                        case START ->
                                TokenKind.of(token) == TokenKind.NUMBER ? State.NUMBER : State.DONE;
                        case NUMBER ->
                                TokenKind.of(token) == TokenKind.BY
                                        ? State.COLUMNS
                                        : text.equals(",") ? State.START : State.UNIT;
                        case UNIT -> text.equals("/") ? State.SLASH : State.START;
                        case COLUMNS, SLASH -> State.DONE;
                        case DONE -> State.START;
                    };
        }

        Place next(Role value, Role unit, Place after) {
            return switch (state) {
                case START -> Place.of(value);
                case NUMBER -> new Place(unit, after.keywords());
                case COLUMNS, SLASH -> Place.words();
                case UNIT, DONE -> after;
            };
        }
    }

    /** Names and values of settings. */
    private final class Settings extends Frame {

        private final Owner owner;
        private String name = "";
        private Values values;

        Settings(Owner owner) {
            this.owner = owner;
        }

        @Override
        Place next() {
            var another = Place.of(new Role.SettingName(owner));
            return values == null
                    ? another
                    : values.next(
                            new Role.SettingValue(owner, name),
                            new Role.UnitOf(owner, name),
                            another);
        }

        @Override
        boolean begins(CommonToken token) {
            return values == null || !continues(token);
        }

        /** While a setting is written, its name alone after a number looks like a unit. */
        private boolean continues(CommonToken token) {
            return values.continuesWith(token)
                    && !(TokenKind.of(token) == TokenKind.UNIT
                            && owner.parameter(token.getText()).isPresent());
        }

        @Override
        void accept(CommonToken token) {
            if (token.getText().equals("}")) {
                pop();
            } else if (token.getText().equals("{")) {
                frames.push(new Settings(owner.block(name)));
                values = null;
            } else if (values != null && continues(token)) {
                values.accept(token);
            } else {
                name = token.getText();
                owner.given().add(name);
                values = new Values();
            }
        }
    }

    /** A frame whose parts each begin with a keyword. */
    private abstract class Statements extends Frame {

        private final List<String> beginnings;
        String keyword = "";
        int words;
        boolean comma;

        Statements(List<String> beginnings) {
            this.beginnings = beginnings;
        }

        @Override
        boolean begins(CommonToken token) {
            return TokenKind.of(token) != TokenKind.TEXT && beginnings.contains(token.getText());
        }

        @Override
        void accept(CommonToken token) {
            String text = token.getText();
            if (text.equals("}")) {
                pop();
            } else if (text.equals("{")) {
                frames.push(new Settings(owner()));
            } else if (text.equals(",")) {
                comma = true;
            } else if (isKeyword(token)) {
                keyword = text;
                words = 0;
                comma = false;
                begun();
            } else {
                words++;
                comma = false;
                word(token);
            }
        }

        boolean isKeyword(CommonToken token) {
            return begins(token);
        }

        void begun() {}

        void word(CommonToken token) {}

        Owner owner() {
            return Owner.unknown();
        }

        boolean expectsWord() {
            return words == 0 || comma;
        }

        Place list(Role role) {
            return expectsWord() ? Place.of(role) : Place.words(beginnings);
        }
    }

    private final class Rules extends Statements {

        private String quantizer = "";

        Rules() {
            super(RULE_WORDS);
        }

        @Override
        boolean isKeyword(CommonToken token) {
            return super.isKeyword(token)
                    || TokenKind.of(token) != TokenKind.TEXT
                            && PART_WORDS.contains(token.getText());
        }

        @Override
        void word(CommonToken token) {
            quantizer = token.getText();
        }

        @Override
        Owner owner() {
            return keyword.equals("calibrate")
                    ? vocabulary.calibration()
                    : vocabulary.quantizer(quantizer);
        }

        @Override
        Place next() {
            return switch (keyword) {
                case "calibrate" ->
                        words == 0
                                ? Place.of(new Role.Reference(Set.of("dataset")))
                                : Place.words(RULE_WORDS);
                case "default" -> Place.words(PART_WORDS);
                case "layers" ->
                        expectsWord() ? Place.of(new Role.Layers()) : Place.words(PART_WORDS);
                case "weights", "activations" ->
                        words == 0
                                ? Place.of(new Role.Plugin(PluginKind.QUANTIZER))
                                : Place.words(
                                        "weights", "activations", "calibrate", "default", "layers");
                default -> Place.words(RULE_WORDS);
            };
        }
    }

    private final class Parts extends Statements {

        private final List<String> limit = new ArrayList<>();
        private Values values;
        private String simulator = "";

        Parts() {
            super(EXPERIMENT_WORDS);
        }

        @Override
        void begun() {
            limit.clear();
            values = null;
        }

        @Override
        void word(CommonToken token) {
            if (values != null) {
                values.accept(token);
            }
            simulator = token.getText();
            limit.add(token.getText());
            if (token.getText().equals(">=") || token.getText().equals("<=")) {
                values = new Values();
            }
        }

        @Override
        Owner owner() {
            return keyword.equals("simulator") ? vocabulary.simulator(simulator) : Owner.unknown();
        }

        @Override
        Place next() {
            return switch (keyword) {
                case "network", "dataset" ->
                        words == 0
                                ? Place.of(new Role.Reference(Set.of(keyword)))
                                : Place.words(EXPERIMENT_WORDS);
                case "policies" -> list(new Role.Reference(Set.of("policy")));
                case "accelerators" -> list(new Role.Reference(Set.of("accelerator")));
                case "simulator" ->
                        words == 0
                                ? Place.of(new Role.Plugin(PluginKind.SIMULATOR))
                                : Place.words(EXPERIMENT_WORDS);
                case "expect" -> inLimit();
                default -> Place.words(EXPERIMENT_WORDS);
            };
        }

        private Place inLimit() {
            int size = limit.size();
            if (size == 0) {
                return Place.of(new Role.MetricWord());
            }
            if (values != null) {
                var owner = vocabulary.limit(limit.get(0));
                return values.next(
                        new Role.SettingValue(owner, limit.get(0)),
                        new Role.UnitOf(owner, limit.get(0)),
                        Place.words(EXPERIMENT_WORDS));
            }
            return switch (limit.get(size - 1)) {
                case "of" -> Place.of(new Role.Reference(Set.of("policy")));
                case "on" -> Place.of(new Role.Reference(Set.of("accelerator")));
                default ->
                        size == 1
                                ? Place.words("of")
                                : size == 3
                                        ? Place.words("on", ">=", "<=")
                                        : Place.words(">=", "<=");
            };
        }
    }

    private final class Axes extends Statements {

        private final List<String> way = new ArrayList<>();
        private boolean dot;
        private Values values;

        Axes() {
            super(SWEEP_WORDS);
        }

        @Override
        boolean isKeyword(CommonToken token) {
            return super.isKeyword(token) && !dot;
        }

        @Override
        boolean begins(CommonToken token) {
            return super.begins(token) && !dot;
        }

        @Override
        void begun() {
            way.clear();
            dot = false;
            values = null;
        }

        @Override
        void accept(CommonToken token) {
            if (values != null && token.getText().equals(",") && values.continuesWith(token)) {
                values.accept(token);
            } else {
                super.accept(token);
            }
        }

        @Override
        void word(CommonToken token) {
            String text = token.getText();
            if (values != null) {
                values.accept(token);
            } else if (text.equals(".")) {
                dot = true;
            } else if (text.equals("over") && !dot) {
                values = new Values();
            } else {
                way.add(text);
                dot = false;
            }
        }

        @Override
        Place next() {
            if (!keyword.equals("vary")) {
                return keyword.isEmpty() ? Place.words(SWEEP_WORDS) : list(new Role.MetricWord());
            }
            if (values != null) {
                var after = Place.words(SWEEP_WORDS);
                var plugin = vocabulary.plugin(way);
                if (plugin.isPresent()) {
                    return values.next(new Role.Plugin(plugin.get()), new Role.Nothing(), after);
                }
                var end = vocabulary.end(way).orElse(new Vocabulary.End(Owner.unknown(), ""));
                return values.next(
                        new Role.SettingValue(end.owner(), end.name()),
                        new Role.UnitOf(end.owner(), end.name()),
                        after);
            }
            if (way.isEmpty()) {
                return Place.of(
                        new Role.Reference(
                                Set.of(
                                        "accelerator",
                                        "policy",
                                        "dataset",
                                        "network",
                                        "experiment")));
            }
            return dot ? Place.of(new Role.Step(List.copyOf(way))) : Place.words("over");
        }
    }
}
