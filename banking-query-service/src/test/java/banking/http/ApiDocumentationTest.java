package banking.http;

import banking.embedded.BankTestResource;
import banking.rules.ApiDocumentTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "query"))
class ApiDocumentationTest extends ApiDocumentTest {}
