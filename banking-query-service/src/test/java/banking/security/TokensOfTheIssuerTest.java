package banking.security;

import banking.embedded.BankTestResource;
import banking.rules.TokensTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class TokensOfTheIssuerTest extends TokensTest {

    @Override
    protected String path() {
        return "/accounts";
    }
}
