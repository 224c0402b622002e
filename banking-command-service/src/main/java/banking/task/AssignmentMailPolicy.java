package banking.task;

import static banking.task.TaskType.TASK;

import banking.aggregate.NameBasedId;
import banking.employee.Employees;
import banking.events.Envelope;
import banking.events.TaskEvent.TaskAssigned;
import banking.events.TaskId;
import banking.pipeline.UnavailableException;
import banking.policy.PassingException;
import banking.policy.Policy;
import banking.policy.Reaction;
import banking.task.TaskCommand.RecordNotification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells an employee of an assignment by e-mail, and then the task that it did. */
@ApplicationScoped
class AssignmentMailPolicy {

    private final Employees employees;
    private final AssignmentMail mail;
    private final String messageIdDomain;

    AssignmentMailPolicy(Employees employees, AssignmentMail mail, MailConfig config) {
        this.employees = employees;
        this.mail = mail;
        messageIdDomain = config.messageIdDomain();
    }

    @Produces
    @Singleton
    Policy policy() {
        return Policy.named("assignment-mail").on(TaskAssigned.class, TaskId::new, this::tell);
    }

    private List<Reaction<?, ?, ?>> tell(TaskId task, Envelope<TaskAssigned> assigned) {
        var notification = notification(task, assigned, messageIdDomain);
        return List.of(
                Reaction.give(TASK, task, notification)
                        .after(() -> send(assigned.event(), notification)));
    }

    /** What the task is told afterwards; the assignment alone decides the Message-ID. */
    static RecordNotification notification(
            TaskId task, Envelope<TaskAssigned> assigned, String domain) {
        var name = "assignment-mail/" + task + "/" + assigned.version();
        return new RecordNotification(
                assigned.event().employeeId(), "<" + NameBasedId.of(name) + "@" + domain + ">");
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
