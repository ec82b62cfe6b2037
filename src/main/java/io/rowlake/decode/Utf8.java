package io.rowlake.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are UTF-8 as RFC 3629 has it: shortest forms only, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

    static final int VALID = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** The index of the first byte that is wrong, or begins what is wrong; {@link #VALID} if there is none. */
    static int firstInvalid(byte[] bytes) {
        int at = 0;
        while (true) {
            at = endOfAscii(bytes, at);
            if (at == bytes.length) {
                return VALID;
            }
            int length = sequenceLength(bytes, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
    }

    private static int endOfAscii(byte[] bytes, int from) {
        int at = from;
        while (at + Long.BYTES <= bytes.length && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Zero if no valid sequence begins here. The bounds of the second byte are those of RFC 3629's grammar. */
    private static int sequenceLength(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        return lead < 0xE0 ? shortSequenceLength(bytes, at) : longSequenceLength(bytes, at, lead);
    }

    private static int shortSequenceLength(byte[] bytes, int at) {
        return isContinuation(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
    }

    private static int longSequenceLength(byte[] bytes, int at, int lead) {
        int length = lead < 0xF0 ? 3 : 4;
        boolean valid = isContinuation(bytes, at + 1, secondMin(lead), secondMax(lead));
        for (int i = 2; valid && i < length; i++) {
            valid = isContinuation(bytes, at + i, 0x80, 0xBF);
        }
        return valid ? length : 0;
    }

    private static int secondMin(int lead) {
        return switch (lead) {
            case 0xE0 -> 0xA0;
            case 0xF0 -> 0x90;
            default -> 0x80;
        };
    }

    private static int secondMax(int lead) {
        return switch (lead) {
            case 0xED -> 0x9F;
            case 0xF4 -> 0x8F;
            default -> 0xBF;
        };
    }

    private static boolean isContinuation(byte[] bytes, int at, int least, int most) {
        return at < bytes.length && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= most;
    }
}
