package banking.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailureTest {

    @ParameterizedTest
    @ValueSource(strings = {"22003", "23505", "23514", "54000", "P0001"})
    void what_is_about_the_data_stays(String state) {
        assertThat(DatabaseFailure.mayPass(failure(state))).isFalse();
        assertThat(DatabaseFailure.condemnsSession(failure(state))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "57014"})
    void what_is_about_the_moment_passes_in_the_same_session(String state) {
        assertThat(DatabaseFailure.mayPass(failure(state))).isTrue();
        assertThat(DatabaseFailure.condemnsSession(failure(state))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"25P03", "25P04", "42501", "53300", "55000", "58030", "XX000"})
    void all_else_passes_in_another_session(String state) {
        assertThat(DatabaseFailure.mayPass(failure(state))).isTrue();
        assertThat(DatabaseFailure.condemnsSession(failure(state))).isTrue();
        assertThat(DatabaseFailure.condemnsAllSessions(failure(state))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "57P01", "57P02", "57P03", "25006"})
    void a_server_that_is_away_or_cannot_write_has_no_better_session(String state) {
        assertThat(DatabaseFailure.mayPass(failure(state))).isTrue();
        assertThat(DatabaseFailure.condemnsSession(failure(state))).isTrue();
        assertThat(DatabaseFailure.condemnsAllSessions(failure(state))).isTrue();
    }

    @Test
    void a_pool_that_has_no_session_left_may_have_one_later() {
        assertThat(DatabaseFailure.mayPass(new SQLException("acquisition timeout"))).isTrue();
    }

    @Test
    void what_others_make_of_a_failure_is_looked_through() {
        var wrapped = new CompletionException(new IllegalStateException(failure("08006")));

        assertThat(DatabaseFailure.mayPass(wrapped)).isTrue();
        assertThat(DatabaseFailure.is("08006", wrapped)).isTrue();
        assertThat(DatabaseFailure.is("08001", wrapped)).isFalse();
    }

    @Test
    void a_failure_that_is_none_of_the_databases_stays() {
        assertThat(DatabaseFailure.mayPass(new IllegalStateException("a bug"))).isFalse();
    }

    private static SQLException failure(String state) {
        return new SQLException("made to fail", state);
    }
}
