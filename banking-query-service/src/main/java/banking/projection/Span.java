package banking.projection;

record Span(int partition, long from, long next) {}
