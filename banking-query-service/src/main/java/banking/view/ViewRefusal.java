package banking.view;

import banking.http.Refusal;

/** Why a view is not shown that is there. */
public enum ViewRefusal implements Refusal {
    VIEW_BEHIND(412, "The view has not got so far yet", "min-version");

    @SuppressWarnings("ImmutableEnumChecker") // Its list is, too.
    private final Terms terms;

    ViewRefusal(int status, String title, String cause) {
        terms = Terms.of(status, title, cause);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
