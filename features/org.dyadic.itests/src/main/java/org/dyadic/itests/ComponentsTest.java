package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.osgi.service.component.runtime.dto.ComponentConfigurationDTO.ACTIVE;
import static org.osgi.service.component.runtime.dto.ComponentConfigurationDTO.SATISFIED;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class ComponentsTest {
    private final ServiceComponentRuntime runtime =
            Installed.context()
                    .getService(
                            Installed.context().getServiceReference(ServiceComponentRuntime.class));

    private Collection<ComponentDescriptionDTO> components(Bundle... bundles) {
        return runtime.getComponentDescriptionDTOs(bundles);
    }

    @Test
    void everyDeclaredComponentIsKnown() {
        for (Bundle bundle : Installed.ofFeatures()) {
            String declared = bundle.getHeaders().get("Service-Component");
            int count = declared == null ? 0 : declared.split(",").length;
            assertThat(components(bundle)).as(bundle.getSymbolicName()).hasSize(count);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyComponentIsSatisfied() {
        Bundle[] bundles = Installed.ofFeatures().toArray(Bundle[]::new);
        Collection<ComponentDescriptionDTO> all = components(bundles);
        assertThat(all).as("components installed").isNotEmpty();
        return all.stream()
                .map(
                        component ->
                                DynamicTest.dynamicTest(
                                        component.name + " is satisfied",
                                        () -> satisfied(component)));
    }

    private void satisfied(ComponentDescriptionDTO component) {
        var configurations = runtime.getComponentConfigurationDTOs(component);
        assertThat(configurations).as("configurations").isNotEmpty();
        for (ComponentConfigurationDTO configuration : configurations) {
            String missing =
                    Arrays.stream(configuration.unsatisfiedReferences)
                            .map(reference -> reference.name)
                            .collect(Collectors.joining(", "));
            assertThat(configuration.state)
                    .as("state; missing: %s; failure: %s", missing, configuration.failure)
                    .isIn(SATISFIED, ACTIVE);
        }
    }

    @Test
    void everyServiceOfDyadicCanBeActivated() {
        List<String> broken = new ArrayList<>();
        for (Bundle bundle : Installed.own()) {
            ServiceReference<?>[] offered = bundle.getRegisteredServices();
            for (ServiceReference<?> service :
                    offered == null ? new ServiceReference<?>[0] : offered) {
                if (Installed.context().getService(service) == null) {
                    broken.add(bundle.getSymbolicName() + ": " + service);
                }
            }
        }
        assertThat(broken).isEmpty();
    }
}
