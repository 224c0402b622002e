package banking.paging;

/** E-mail domains as a list can be asked for them. */
public final class EmailDomains {

    /** Anything that could be in a domain, in upper or lower case. */
    public static final String PARAMETER = "[A-Za-z0-9.-]{1,253}";

    private EmailDomains() {}
}
