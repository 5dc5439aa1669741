package org.dyadic.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.dyadic.api.workbench.PluginChangeException;

/**
 * Whose signatures count. Jars are signed as {@code jarsigner} does it; the certificates that the
 * user trusts are files in {@code ~/.dyadic/trusted}. A file named {@code required} beside them
 * refuses every jar that none of them vouches for; a broken signature is always refused.
 *
 * @param folder need not exist
 */
record Trust(Path folder) {

    private static final String REQUIRED = "required";

    boolean required() {
        return Files.exists(folder.resolve(REQUIRED));
    }

    /**
     * Says who signed a jar, if anybody asks, and refuses one that must not be used.
     *
     * @param told takes a line where the jar is signed, or where somebody is trusted
     */
    void check(Path jar, String title, Consumer<String> told) throws PluginChangeException {
        try {
            var trusted = trusted();
            var signers = signers(jar, title);
            if (signers.isEmpty()) {
                refuseIfRequired(title + " is not signed");
                if (!trusted.isEmpty()) {
                    told.accept(title + " is not signed");
                }
                return;
            }
            for (var signer : signers) {
                if (vouches(trusted, signer)) {
                    told.accept(title + " is signed by " + name(signer) + ", whom you trust");
                    return;
                }
            }
            String who = title + " is signed by " + name(signers.iterator().next());
            refuseIfRequired(who + ", of whom no valid certificate is there");
            told.accept(
                    who + ", whom you do not trust; the certificates that you do are in " + folder);
        } catch (IOException e) {
            throw Failure.of("verify the signature of " + title, e);
        }
    }

    private void refuseIfRequired(String why) throws PluginChangeException {
        if (required()) {
            throw new PluginChangeException(
                    true,
                    why
                            + ", and only what is signed by somebody with a certificate in "
                            + folder
                            + " is installed (because the file '"
                            + REQUIRED
                            + "' is there)");
        }
    }

    private List<X509Certificate> trusted() throws IOException, PluginChangeException {
        var certificates = new ArrayList<X509Certificate>();
        if (!Files.isDirectory(folder)) {
            return certificates;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.endsWith(REQUIRED)) {
                    continue;
                }
                try (InputStream in = Files.newInputStream(file)) {
                    var factory = CertificateFactory.getInstance("X.509");
                    for (var each : factory.generateCertificates(in)) {
                        certificates.add((X509Certificate) each);
                    }
                } catch (GeneralSecurityException e) {
                    throw new PluginChangeException(
                            true,
                            file
                                    + " is no certificate, neither PEM nor DER; 'keytool"
                                    + " -exportcert -rfc' writes one");
                }
            }
        }
        return certificates;
    }

    /** Those who signed all of it; none if nobody signed any of it. */
    private static Set<CodeSigner> signers(Path jar, String title)
            throws IOException, PluginChangeException {
        Set<CodeSigner> all = null;
        boolean any = false;
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.isDirectory() || isAboutSignatures(entry.getName())) {
                    continue;
                }
                try (InputStream in = file.getInputStream(entry)) {
                    in.transferTo(java.io.OutputStream.nullOutputStream()); // verifies it
                }
                var signers = entry.getCodeSigners();
                var these = signers == null ? Set.<CodeSigner>of() : Set.of(signers);
                any |= !these.isEmpty();
                if (all == null) {
                    all = new HashSet<>(these);
                } else {
                    all.retainAll(these);
                }
            }
        } catch (SecurityException e) {
            throw broken(title, e.getMessage());
        }
        if (any && all.isEmpty()) {
            throw broken(title, "it does not cover every file in the jar");
        }
        return all == null ? Set.of() : all;
    }

    private static boolean isAboutSignatures(String name) {
        return name.matches("(?i)META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)");
    }

    private static PluginChangeException broken(String title, String why) {
        return new PluginChangeException(
                true,
                "the signature of "
                        + title
                        + " is broken: "
                        + why
                        + "; the jar was changed after it was signed. Get it again from its author");
    }

    private static boolean vouches(List<X509Certificate> trusted, CodeSigner signer) {
        if (trusted.isEmpty()) {
            return false;
        }
        try {
            var anchors = new HashSet<TrustAnchor>();
            trusted.forEach(each -> anchors.add(new TrustAnchor(each, null)));
            var parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false); // that would be a silent connection
            if (signer.getTimestamp() != null) {
                parameters.setDate(signer.getTimestamp().getTimestamp());
            }
            CertPathValidator.getInstance("PKIX").validate(signer.getSignerCertPath(), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String name(CodeSigner signer) {
        var certificate = (X509Certificate) signer.getSignerCertPath().getCertificates().get(0);
        return certificate.getSubjectX500Principal().getName();
    }
}
