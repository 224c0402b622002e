package banking;

import static banking.Bank.as;
import static banking.Bank.teller;
import static org.assertj.core.api.Assertions.assertThat;

import banking.aggregate.AggregateType;
import banking.events.Event;
import banking.rules.ImageTypes;
import banking.rules.WrittenTypes;
import banking.security.Permissions;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a native image would know of what is written and read beside HTTP; for HTTP's part every
 * test looks, see {@link banking.rules.ImageJackson}.
 */
@CommandServiceTest
class ImageTest {

    @Inject @All List<AggregateType<?, ?, ?>> types;

    @Test
    void there_is_one_type_of_every_kind_of_aggregate() {
        assertThat(types)
                .extracting(AggregateType::name)
                .containsExactlyInAnyOrder(
                        "account", "approval", "customer", "company", "employee", "task");
    }

    /** The pipeline writes them with a Jackson of its own; here the service's writes them. */
    @Test
    void an_image_knows_the_answers_to_commands() {
        isAnswered("account", "/accounts", "{'owner':'Alice','currency':'EUR'}");
        isAnswered("customer", "/customers", "{'name':'Ann','email':'%s'}".formatted(email()));
        isAnswered(
                "company",
                "/companies",
                "{'name':'ACME','emailDomain':'%s'}".formatted(email().replace('@', '.')));
        isAnswered("employee", "/employees", "{'name':'Eve','email':'eve@bank.example'}");
        isAnswered("task", "/tasks", "{'name':'Water the plants'}");
    }

    private static String email() {
        return UUID.randomUUID() + "@image.example";
    }

    private static void isAnswered(String type, String path, String body) {
        String id =
                teller().body(body.replace('\'', '"'))
                        .post(path)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path(type + "Id");
        as("auditor").get("/streams/{type}/{id}/state", type, id).then().statusCode(200);
    }

    /** The events' own module says what their part is. */
    @Test
    void an_image_knows_all_that_states_are_made_of() {
        var events = WrittenTypes.of(Event.class);
        var states =
                types.stream()
                        .map(type -> type.initial().getClass().getInterfaces()[0])
                        .flatMap(state -> WrittenTypes.of(state).stream())
                        .filter(name -> !events.contains(name))
                        .collect(Collectors.toSet());

        assertThat(states).contains("banking.account.Account$Open", "banking.account.Funds");
        assertThat(ImageTypes.known()).containsAll(states);
    }

    @Test
    void an_image_knows_all_that_commands_are_made_of_that_wait() {
        var events = WrittenTypes.of(Event.class);
        var commands =
                types.stream()
                        .flatMap(type -> type.commands().stream())
                        .filter(command -> mayWait(command.getSimpleName()))
                        .flatMap(command -> WrittenTypes.of(command).stream())
                        .filter(name -> !events.contains(name))
                        .collect(Collectors.toSet());

        assertThat(commands).contains("banking.account.AccountCommand$FreezeAccount");
        assertThat(ImageTypes.known()).containsAll(commands);
    }

    private static boolean mayWait(String command) {
        return Permissions.all().get(command).mayWait();
    }

    /** So that the filter of unknown parameters can ask an endpoint for those it has. */
    @Test
    void an_image_knows_the_methods_of_the_endpoints() {
        assertThat(ImageTypes.resources()).contains("banking.account.AccountResource");
        assertThat(ImageTypes.methods()).containsAll(ImageTypes.resources());
    }
}
