package banking.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServiceDefinitionTest {

    @Test
    void a_service_that_is_out_of_memory_ends() {
        var service = ServiceDefinition.packaged("command", Path.of("."), ServicePorts.from(8080));

        assertThat(service.program()).contains("-XX:+ExitOnOutOfMemoryError");
    }
}
