package org.dyadic.shell;

import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Functions as commands of Gogo, in the scope {@code dyadic}. */
final class Commands implements AutoCloseable {

    static final String SCOPE = "dyadic";

    private final BundleContext context;
    private final Map<String, ServiceRegistration<Function>> registered = new HashMap<>();

    Commands(BundleContext context) {
        this.context = context;
    }

    /** What a command does with its words; its result is not printed. */
    interface Action {
        void run(CommandSession session, List<String> words) throws Exception;
    }

    void add(String name, Action action) {
        var properties = new Hashtable<String, Object>();
        properties.put(CommandProcessor.COMMAND_SCOPE, SCOPE);
        properties.put(CommandProcessor.COMMAND_FUNCTION, name);
        Function function =
                (session, arguments) -> {
                    action.run(session, arguments.stream().map(String::valueOf).toList());
                    return null;
                };
        registered.computeIfAbsent(
                name, none -> context.registerService(Function.class, function, properties));
    }

    /** Takes back those whose names are not among these. */
    void keep(List<String> names) {
        registered
                .entrySet()
                .removeIf(
                        entry -> {
                            boolean gone = !names.contains(entry.getKey());
                            if (gone) {
                                entry.getValue().unregister();
                            }
                            return gone;
                        });
    }

    @Override
    public void close() {
        keep(List.of());
    }
}
