package banking.pipeline;

import static banking.account.AccountType.ACCOUNT;
import static banking.approval.ApprovalType.APPROVAL;
import static banking.company.CompanyType.COMPANY;
import static banking.customer.CustomerType.CUSTOMER;
import static banking.employee.EmployeeType.EMPLOYEE;
import static banking.task.TaskType.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import banking.aggregate.AggregateType;
import banking.aggregate.Decision;
import banking.aggregate.StateFormat;
import banking.events.CustomerEvent;
import banking.events.CustomerId;
import banking.rules.WrittenTypes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no service starts with. */
class KnownCommandsTest {

    /** Nobody has said who may give it. */
    record Planted(String anything) {}

    private static final AggregateType<String, Planted, CustomerEvent> UNCONDITIONAL =
            AggregateType.of(
                    CustomerEvent.class,
                    CustomerId::new,
                    new StateFormat<>(String.class, List.of(String.class)),
                    "",
                    (_, _) -> Decision.accept(),
                    (state, _) -> state,
                    (_, _, state) -> state);

    static List<AggregateType<?, ?, ?>> types() {
        return List.of(ACCOUNT, APPROVAL, CUSTOMER, COMPANY, EMPLOYEE, TASK);
    }

    @Test
    void a_command_that_the_permissions_do_not_name_stops_the_start() {
        var planted = UNCONDITIONAL.withCommands(List.of(Planted.class), _ -> true);

        assertThatThrownBy(() -> new KnownCommands(List.of(CUSTOMER, planted)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Planted is not in the permissions");
    }

    @Test
    void commands_without_a_condition_stop_the_start() {
        assertThatThrownBy(() -> new KnownCommands(List.of(UNCONDITIONAL)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("customer has no commands, and no condition for them");
        assertThat(UNCONDITIONAL.isSound(new Planted(""))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("types")
    void every_command_is_known_by_name(AggregateType<?, ?, ?> type) {
        var all = WrittenTypes.records(type.commands().getFirst().getInterfaces()[0]);

        assertThat(type.commands().stream().<Class<?>>map(command -> command))
                .containsExactlyInAnyOrderElementsOf(all.toList());
    }
}
