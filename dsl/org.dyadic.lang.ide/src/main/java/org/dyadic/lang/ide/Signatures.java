package org.dyadic.lang.ide;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dyadic.lang.ide.Place.Role;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.jsonrpc.messages.Tuple;

/** While settings are written: all that a plugin takes, and the one that is being written. */
final class Signatures {

    private Signatures() {}

    static Optional<SignatureHelp> at(Workspace workspace, Document document, int offset) {
        var segment = document.segmentAt(offset);
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        var walk = new Walk(workspace.vocabulary(document));
        for (var token : segment.get().at().tokens()) {
            if (Document.end(token) > offset) {
                break;
            }
            walk.accept(token);
        }
        var role = walk.next().role();
        if (role instanceof Role.SettingName setting) {
            return help(setting.owner(), "");
        } else if (role instanceof Role.SettingValue value) {
            return help(value.owner(), value.name());
        } else if (role instanceof Role.UnitOf unit) {
            return help(unit.owner(), unit.name());
        }
        return Optional.empty();
    }

    private static Optional<SignatureHelp> help(Owner owner, String active) {
        return owner.spec()
                .map(
                        spec -> {
                            var label = new StringBuilder(owner.title()).append(" {");
                            List<ParameterInformation> parameters = new ArrayList<>();
                            for (var parameter : spec.parameters()) {
                                label.append("  ");
                                int start = label.length();
                                label.append(parameter.name());
                                parameter
                                        .fallback()
                                        .ifPresent(value -> label.append(' ').append(value));
                                var information = new ParameterInformation();
                                information.setLabel(Tuple.two(start, label.length()));
                                information.setDocumentation(
                                        new MarkupContent(
                                                MarkupKind.MARKDOWN,
                                                Docs.parameter(owner, parameter)));
                                parameters.add(information);
                            }
                            label.append(" }");
                            var signature =
                                    new SignatureInformation(
                                            label.toString(), spec.documentation(), parameters);
                            int index =
                                    spec.find(active).map(spec.parameters()::indexOf).orElse(-1);
                            // Beyond the last parameter none is highlighted.
                            return new SignatureHelp(
                                    List.of(signature),
                                    0,
                                    index >= 0 ? index : spec.parameters().size());
                        });
    }
}
