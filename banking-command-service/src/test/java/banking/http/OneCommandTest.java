package banking.http;

import static banking.Bank.balance;
import static banking.Bank.open;
import static banking.Bank.teller;
import static banking.account.AccountType.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import banking.CommandServiceTest;
import banking.account.AccountCommand.DepositMoney;
import banking.events.AccountId;
import banking.events.Currency;
import banking.events.Money;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

/** What the architecture's rule cannot see: it counts places, and a loop has one. */
@CommandServiceTest
class OneCommandTest {

    /** Wants to do in one request what takes two. */
    @Path("/twice/{id}")
    @Authenticated
    public static class TwiceResource {

        private static final Money EURO = new Money(100, new Currency("EUR"));

        private final Commands commands;

        TwiceResource(Commands commands) {
            this.commands = commands;
        }

        @POST
        @Operation(hidden = true)
        public CompletionStage<Response> depositMoney(
                @PathParam("id") AccountId id, @BeanParam CommandHeaders headers) {
            return IntStream.range(0, 2)
                    .mapToObj(
                            _ ->
                                    commands.execute(
                                            ACCOUNT,
                                            id,
                                            new DepositMoney(EURO, null),
                                            headers,
                                            "POST /twice",
                                            null,
                                            Commands.state(Response.Status.OK)))
                    .toList()
                    .getLast();
        }
    }

    @Test
    void a_second_command_of_the_same_request_is_refused() {
        var account = open("0.00");

        teller().post("/twice/{id}", account).then().statusCode(500);

        assertThat(balance(account)).isIn("0.00", "1.00");
    }
}
