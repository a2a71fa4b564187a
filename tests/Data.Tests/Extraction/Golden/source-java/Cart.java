package shop;

import java.util.List;

public class Cart {
    private final List<Item> items;

    public int total() {
        try {
            return price(items);
        } catch (Exception e) {
        }
        return 0; // FIXME: hides failures
    }
}
