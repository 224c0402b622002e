package banking.account;

import banking.events.Money;

/**
 * What has gone through an account since it was opened, in minor units of its currency. It decides
 * nothing; the books are checked with it: an account's balance is what was paid in, less what it
 * has sent, and what it has received; and over all accounts, what was sent was received or is in
 * transit.
 *
 * @param paidIn what came from outside the bank, less what left for there
 * @param sent what transfers took out, less what came back
 * @param received what transfers brought
 */
record Turnover(long paidIn, long sent, long received) {

    static final Turnover NONE = new Turnover(0, 0, 0);

    Turnover paidIn(Money amount) {
        return new Turnover(paidIn + amount.minorUnits(), sent, received);
    }

    Turnover sent(Money amount) {
        return new Turnover(paidIn, sent + amount.minorUnits(), received);
    }

    Turnover received(Money amount) {
        return new Turnover(paidIn, sent, received + amount.minorUnits());
    }

    /** What the balance has to be. */
    long balance() {
        return paidIn - sent + received;
    }
}
