package banking;

import static org.assertj.core.api.Assertions.assertThat;

import banking.embedded.BankTestResource;
import banking.rules.ImageTypes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/**
 * What a native image would know beside what is written and read over HTTP; for that every test
 * looks, see {@link banking.rules.ImageJackson}.
 */
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class ImageTest {

    /** So that the filter of unknown parameters can ask an endpoint for those it has. */
    @Test
    void an_image_knows_the_methods_of_the_endpoints() {
        assertThat(ImageTypes.resources()).contains("banking.account.AccountsResource");
        assertThat(ImageTypes.methods()).containsAll(ImageTypes.resources());
    }
}
