package banking.employee;

import banking.aggregate.Refusal;

/** Why an employee refuses a command. */
public enum EmployeeRefusal implements Refusal {
    EMPLOYEE_ALREADY_REGISTERED(409, "The employee was registered before");

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    EmployeeRefusal(int status, String title, Class<?>... commands) {
        terms = Terms.of(status, title, commands);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
