package banking.employee;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is said about employees, as JSON. */
final class Answers {

    private Answers() {}

    @Schema(name = "Employee")
    record Employee(
            UUID employeeId,
            long version,
            String name,
            String email,
            Instant registeredAt,
            @Schema(description = "Whether an event of this employee waits to be looked into")
                    boolean behind) {

        static Employee of(EmployeeView view) {
            return new Employee(
                    view.id, view.version, view.name, view.email, view.registeredAt, view.behind);
        }
    }

    @Schema(name = "EmployeePage")
    record Employees(List<Employee> employees, @Nullable UUID next) {}
}
