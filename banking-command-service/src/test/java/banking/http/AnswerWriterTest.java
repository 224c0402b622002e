package banking.http;

import banking.CommandServiceTest;
import banking.rules.UnwritableAnswersTest;

@CommandServiceTest
class AnswerWriterTest extends UnwritableAnswersTest {}
