package stamp;

public final class Stamp {
    public static void main(String[] args) {
        System.out.println(java.util.UUID.randomUUID());
    }
}
