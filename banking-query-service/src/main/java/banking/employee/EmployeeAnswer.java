package banking.employee;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Employee")
record EmployeeAnswer(
        UUID employeeId,
        long version,
        String name,
        String email,
        Instant registeredAt,
        @Schema(description = "Whether an event of this employee waits to be looked into")
                boolean behind) {

    @Schema(name = "EmployeePage")
    record Page(List<EmployeeAnswer> employees, @Nullable UUID next) {}

    static EmployeeAnswer of(EmployeeView view) {
        return new EmployeeAnswer(
                view.id, view.version, view.name, view.email, view.registeredAt, view.behind);
    }
}
