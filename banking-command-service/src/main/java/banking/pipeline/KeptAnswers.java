package banking.pipeline;

import banking.aggregate.AggregateType;
import banking.events.StreamId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Answers as they are kept for those who give a command again: without what tells who a customer
 * is, which then comes from the state. So there is nothing in them to erase, however many there
 * are. An answer has each member once, and no text within it has a quotation mark as it is.
 */
final class KeptAnswers {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    /** What JSON makes nothing of. */
    private static final String CUT = " ";

    private KeptAnswers() {}

    static boolean isCut(String kept) {
        return kept.startsWith(CUT);
    }

    /** What is kept of an answer. */
    static <S> String kept(AggregateType<S, ?, ?> type, StreamId id, S state, String answer)
            throws JsonProcessingException {
        if (type.customer(id, state) == null) {
            return answer;
        }
        var kept = CUT + answer;
        for (var told : type.personal(state).entrySet()) {
            kept = kept.replace(member(told.getKey(), told.getValue()), nothing(told.getKey()));
        }
        return kept;
    }

    /**
     * The answer again.
     *
     * @param state that it was about
     */
    static <S> String told(AggregateType<S, ?, ?> type, S state, String kept)
            throws JsonProcessingException {
        var answer = kept.substring(CUT.length());
        for (var told : type.personal(state).entrySet()) {
            answer = answer.replace(nothing(told.getKey()), member(told.getKey(), told.getValue()));
        }
        return answer;
    }

    private static String member(String name, String value) throws JsonProcessingException {
        return "\"" + name + "\":" + JSON.writeValueAsString(value);
    }

    private static String nothing(String name) {
        return "\"" + name + "\":null";
    }
}
