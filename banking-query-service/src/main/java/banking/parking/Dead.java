package banking.parking;

public record Dead(Delivery delivery, String reason) {}
