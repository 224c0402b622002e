package banking.aggregate;

/**
 * Why a command was refused: an answer, not a failure. Nothing of a refused command is kept but the
 * refusal.
 *
 * @param code stable, in kebab case; the catalogue of problems has an entry for each
 * @param detail a sentence for people; it may change
 */
public record Rejection(String code, String detail) {}
