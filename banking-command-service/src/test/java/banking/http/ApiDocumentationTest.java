package banking.http;

import banking.CommandServiceTest;
import banking.rules.ApiDocumentTest;

@CommandServiceTest
class ApiDocumentationTest extends ApiDocumentTest {}
