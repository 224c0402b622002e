package banking.employee;

import banking.events.EmployeeEvent;
import banking.events.StreamId;
import banking.pipeline.AggregateType;
import banking.pipeline.Decision;
import banking.pipeline.StateFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The employee, as the pipeline knows it; its states are written as JSON. */
@RegisterForReflection(
        targets = {
            Employee.NotRegistered.class,
            Employee.Registered.class,
            EmployeeAnswer.class,
        })
public class EmployeeType implements AggregateType<Employee, EmployeeCommand, EmployeeEvent> {

    public static final EmployeeType EMPLOYEE = new EmployeeType();

    private final StateFormat<Employee> format =
            new StateFormat<>(
                    Employee.class,
                    List.of(Employee.NotRegistered.class, Employee.Registered.class));

    EmployeeType() {}

    /**
     * For who asks for all types. With this in it, the type itself would be a bean too: a second
     * one.
     */
    static final class Bean {

        private Bean() {}

        @Produces
        @Singleton
        static EmployeeType employee() {
            return EMPLOYEE;
        }
    }

    @Override
    public String name() {
        return "employee";
    }

    @Override
    public Class<EmployeeEvent> eventType() {
        return EmployeeEvent.class;
    }

    @Override
    public StateFormat<Employee> format() {
        return format;
    }

    @Override
    public Employee initial() {
        return new Employee.NotRegistered();
    }

    @Override
    public Decision<EmployeeEvent> decide(Employee state, EmployeeCommand command) {
        return Employee.decide(state, command);
    }

    @Override
    public Employee evolve(Employee state, EmployeeEvent event) {
        return Employee.evolve(state, event);
    }

    @Override
    public Object answer(StreamId id, long version, Employee state) {
        return EmployeeAnswer.of(id, version, state);
    }
}
