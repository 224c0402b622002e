package banking.loan;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.profile.UnlessBuildProfile;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.SQLException;

/** All that a resource must not do; the service under test is built without it. */
@Path("/loans")
@UnlessBuildProfile("test")
public class LoansResource {

    private final AgroalDataSource database;
    private final Event<LoanState> granted;

    LoansResource(AgroalDataSource database, Event<LoanState> granted) {
        this.database = database;
        this.granted = granted;
    }

    /** What somebody asks for. */
    public record Wish(String name, double amount) {}

    @PermitAll
    @POST
    public String grant(Wish wish) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.executeUpdate("insert into loan default values");
        }
        granted.fire(new LoanState(wish));
        return wish.name();
    }
}
