package banking.security;

import banking.CommandServiceTest;
import banking.rules.TokensTest;

@CommandServiceTest
class TokensOfTheIssuerTest extends TokensTest {

    @Override
    protected String path() {
        return "/outbox";
    }
}
