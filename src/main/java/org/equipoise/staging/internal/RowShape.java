package org.equipoise.staging.internal;

/** Whether a row has as many fields as the header; empty ones too many at its end do no harm. */
final class RowShape {
    private RowShape() {}

    static boolean fits(String[] cells, int width) {
        for (int i = width; i < cells.length; i++) {
            if (!cells[i].isBlank()) {
                return false;
            }
        }
        return cells.length >= width;
    }
}
