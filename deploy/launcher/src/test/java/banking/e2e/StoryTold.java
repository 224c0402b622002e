package banking.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

/** What both services' logs tell of one story. */
record StoryTold(StoryLines command, StoryLines query) {

    void ofTransfer() {
        assertThat(command.steps())
                .containsSubsequence(
                        "#: POST /accounts/{id}/transfers came in, by teller",
                        "#: TransferRequested #:3 was committed, in a batch, by teller",
                        "#: RequestTransfer was accepted, version 3, by teller",
                        "#: POST /accounts/{id}/transfers was answered 202 after some ms, by teller");
        assertThat(command.steps())
                .containsSubsequence(
                        "#: TransferRequested #:3 was committed, in a batch, by teller",
                        "#: TransferReceived #:2 was committed, in a batch, by policy:transfers",
                        "#: ReceiveTransfer was accepted, version 2, by policy:transfers",
                        "#: TransferCompleted #:4 was committed, in a batch, by policy:transfers",
                        "#: CompleteTransfer was accepted, version 4, by policy:transfers",
                        "#: TransferRequested #:3 was reacted to by transfers, by teller")
                .contains(
                        "#: TransferRequested #:3 was published, by teller",
                        "#: TransferReceived #:2 was published, by policy:transfers",
                        "#: TransferCompleted #:4 was published, by policy:transfers");
        assertThat(query.steps())
                .containsExactlyInAnyOrder(
                        "#: TransferRequested #:3 was projected by accounts, by teller",
                        "#: TransferReceived #:2 was projected by accounts, by policy:transfers",
                        "#: TransferCompleted #:4 was projected by accounts, by policy:transfers");
        everyLineIsComplete();
    }

    void ofRefusal() {
        assertThat(command.steps())
                .containsExactly(
                        "#: POST /accounts/{id}/withdrawals came in, by teller",
                        "#: WithdrawMoney was refused, insufficient-funds, by teller",
                        "#: POST /accounts/{id}/withdrawals was answered 422 after some ms, by teller");
        assertThat(query.steps()).isEmpty();
        everyLineIsComplete();
    }

    private void everyLineIsComplete() {
        assertThat(Stream.concat(command.all().stream(), query.all().stream()))
                .allMatch(line -> line.stream().length() == 36)
                .allMatch(
                        line ->
                                line.actor().equals("teller")
                                        || line.actor().startsWith("policy:"));
    }
}
