package banking.aggregate;

/**
 * That a command was refused, and why: an answer, not a failure. Nothing of a refused command is
 * kept but this.
 *
 * @param detail a sentence for people; it may change
 */
public record Rejection(Refusal refusal, String detail) {

    public String code() {
        return refusal.code();
    }
}
