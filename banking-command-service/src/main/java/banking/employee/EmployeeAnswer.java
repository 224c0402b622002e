package banking.employee;

import banking.events.EmployeeId;

/** An employee as the caller of a command sees it. */
record EmployeeAnswer(String employeeId, long version, String name, String email) {

    /**
     * @throws IllegalStateException for an employee who was not registered: there is nothing to
     *     tell
     */
    static EmployeeAnswer of(EmployeeId id, long version, Employee state) {
        return switch (state) {
            case Employee.NotRegistered() ->
                    throw new IllegalStateException(id + " was not registered");
            case Employee.Registered(var name, var email) ->
                    new EmployeeAnswer(id.toString(), version, name, email.value());
        };
    }
}
