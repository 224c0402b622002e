package banking.employee;

import banking.aggregate.AggregateType;
import banking.aggregate.StateFormat;
import banking.events.EmployeeEvent;
import banking.events.EmployeeId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The employee, as the bank knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Employee.NotRegistered.class,
            Employee.Registered.class,
            EmployeeCommand.RegisterEmployee.class,
            EmployeeAnswer.class,
        })
public final class EmployeeType {

    @Produces @Singleton
    public static final AggregateType<Employee, EmployeeCommand, EmployeeEvent> EMPLOYEE =
            AggregateType.of(
                            EmployeeEvent.class,
                            EmployeeId::new,
                            new StateFormat<>(
                                    Employee.class,
                                    List.of(
                                            Employee.NotRegistered.class,
                                            Employee.Registered.class)),
                            new Employee.NotRegistered(),
                            Employee::decide,
                            Employee::evolve,
                            EmployeeAnswer::of)
                    .withCommands(
                            List.of(EmployeeCommand.RegisterEmployee.class),
                            EmployeeCommand::isSound)
                    .withRefusals(EmployeeRefusal.values());

    private EmployeeType() {}
}
