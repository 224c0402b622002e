package banking.loan;

import static banking.loan.LoanType.LOAN;

import banking.events.AccountId;
import banking.http.CommandHeaders;
import banking.http.Commands;
import banking.loan.Loan.Grant;
import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;

/**
 * All that a resource must not do. Only the tests of the architecture read this package: the
 * service under test is built without it.
 */
@Path("/loans")
@UnlessBuildProfile("test")
public class LoanResource {

    private final AgroalDataSource database;
    private final Event<Loan> granted;
    private final Mailer mailer;
    private final Commands commands;

    LoanResource(AgroalDataSource database, Event<Loan> granted, Mailer mailer, Commands commands) {
        this.database = database;
        this.granted = granted;
        this.mailer = mailer;
        this.commands = commands;
    }

    /** What somebody asks for. */
    public record Wish(String name, double amount) {}

    @PermitAll
    @POST
    public CompletionStage<Response> grant(Wish wish, @BeanParam CommandHeaders headers)
            throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.executeUpdate("insert into loan default values");
        }
        granted.fire(new Loan.Granted(wish.amount()));
        mailer.send(new Mail().setSubject("Your loan"));
        return give(wish, headers).thenCompose(_ -> give(wish, headers));
    }

    private CompletionStage<Response> give(Wish wish, CommandHeaders headers) {
        return commands.execute(
                LOAN,
                new AccountId(commands.newId()),
                new Grant(wish.amount()),
                headers,
                "POST /loans",
                wish,
                commands.created("/loans"));
    }
}
