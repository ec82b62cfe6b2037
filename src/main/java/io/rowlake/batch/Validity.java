package io.rowlake.batch;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Which values of a column are there, one bit each, and how many values there are. */
final class Validity {

    private final GrowingBuffer bits;
    private int count;

    Validity(BoundedAllocator memory) {
        bits = new GrowingBuffer(memory);
    }

    int count() {
        return count;
    }

    void appendPresent() {
        BitVectorHelper.setBit(roomForOne(), count++);
    }

    void appendPresent(int more) {
        ArrowBuf room = bits.withRoomFor((count + (long) more + 7) / 8, (count + 7) / 8);
        int end = count + more;
        while (count < end && count % 8 != 0) {
            BitVectorHelper.setBit(room, count++);
        }
        int whole = (end - count) / 8;
        room.setOne(count / 8, (long) whole);
        count += whole * 8;
        while (count < end) {
            BitVectorHelper.setBit(room, count++);
        }
    }

    void appendNull() {
        // A row that was taken back may have left the bit set.
        BitVectorHelper.unsetBit(roomForOne(), count++);
    }

    void truncate(int newCount) {
        count = newCount;
    }

    ArrowFieldNode node() {
        return new ArrowFieldNode(count, BitVectorHelper.getNullCount(bits.withRoomFor(1, 0), count));
    }

    ArrowBuf buffer() {
        return bits.buffer();
    }

    void release() {
        bits.release();
    }

    private ArrowBuf roomForOne() {
        return bits.withRoomFor(count / 8 + 1, (count + 7) / 8);
    }
}
