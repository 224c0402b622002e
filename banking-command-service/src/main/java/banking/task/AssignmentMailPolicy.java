package banking.task;

import static banking.task.TaskType.TASK;

import banking.aggregate.NameBasedId;
import banking.employee.Employees;
import banking.events.Envelope;
import banking.events.Event;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskId;
import banking.pipeline.UnavailableException;
import banking.policy.PassingException;
import banking.policy.Policy;
import banking.policy.Reaction;
import banking.task.TaskCommand.RecordNotification;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Tells an employee of an assignment by e-mail, and then the task that it did. */
@ApplicationScoped
class AssignmentMailPolicy implements Policy {

    private final Employees employees;
    private final AssignmentMail mail;
    private final String messageIdDomain;

    AssignmentMailPolicy(Employees employees, AssignmentMail mail, MailConfig config) {
        this.employees = employees;
        this.mail = mail;
        messageIdDomain = config.messageIdDomain();
    }

    @Override
    public String name() {
        return "assignment-mail";
    }

    @Override
    public Set<Class<? extends Event>> reactsTo() {
        return Set.of(TaskAssigned.class);
    }

    @Override
    public List<Reaction<?, ?, ?>> react(Envelope<Event> event) {
        var assigned = (TaskAssigned) event.event();
        var notification = notification(event, messageIdDomain);
        return List.of(
                Reaction.give(TASK, new TaskId(event.streamId().value()), notification)
                        .after(() -> send(assigned, notification)));
    }

    /** What the task is told afterwards; the assignment alone decides the Message-ID. */
    static RecordNotification notification(Envelope<Event> event, String domain) {
        var employee = ((TaskAssigned) event.event()).employeeId();
        var name = "assignment-mail/" + event.streamId() + "/" + event.version();
        return new RecordNotification(employee, "<" + NameBasedId.of(name) + "@" + domain + ">");
    }

    private void send(TaskAssigned assigned, RecordNotification notification)
            throws PassingException {
        try {
            var contact = employees.contact(assigned.employeeId());
            mail.send(contact, assigned.taskName(), notification.messageId());
        } catch (UnavailableException e) {
            throw new PassingException("the database is away", e);
        }
    }
}
