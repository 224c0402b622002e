package banking.database;

import banking.rules.ExpansionTest;

class ExpandingMigrationsTest extends ExpansionTest {}
