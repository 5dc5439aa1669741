import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.ToIntFunction;

/** The bundles of a folder in the framework on the class path: BUNDLES STORAGE ARGUMENT... */
class InEquinox {

    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws Exception {
        var framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, arguments[1]));
        framework.start();
        System.err.println("framework: " + framework.getSymbolicName());
        var context = framework.getBundleContext();
        var bundles = new ArrayList<Bundle>();
        try (var jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            for (var jar : jars) {
                bundles.add(context.installBundle("reference:" + jar.toUri()));
            }
        }
        for (var bundle : bundles) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                try {
                    bundle.start(Bundle.START_ACTIVATION_POLICY);
                } catch (BundleException e) {
                    System.err.println("left out: " + bundle.getSymbolicName());
                }
            }
        }
        var main = context.createFilter("(launcher.main=true)");
        var command = new ServiceTracker<ToIntFunction<String[]>, Object>(context, main, null);
        command.open();
        var words = Arrays.copyOfRange(arguments, 2, arguments.length);
        int code = ((ToIntFunction<String[]>) command.waitForService(20_000)).applyAsInt(words);
        framework.stop();
        framework.waitForStop(10_000);
        System.exit(code);
    }
}
