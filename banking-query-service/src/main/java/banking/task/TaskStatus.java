package banking.task;

/** Whether there is still something to do. */
enum TaskStatus {
    OPEN,
    COMPLETED
}
