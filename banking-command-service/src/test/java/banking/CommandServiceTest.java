package banking;

import banking.embedded.BankTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test of the running service on a real PostgreSQL, a real Kafka and a real mail server. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@QuarkusTest
@QuarkusTestResource(
        value = BankTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "command"))
@QuarkusTestResource(MailTestResource.class)
public @interface CommandServiceTest {}
