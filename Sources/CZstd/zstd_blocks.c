#include "CZstd.h"

#include <zstd.h>

static ZSTD_CCtx *context_of(chequebook_zstd_encoder *encoder) { return (ZSTD_CCtx *)encoder; }

chequebook_zstd_encoder *chequebook_zstd_encoder_create(int level) {
    ZSTD_CCtx *context = ZSTD_createCCtx();
    if (context == NULL) return NULL;
    if (ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1))) {
        ZSTD_freeCCtx(context);
        return NULL;
    }
    return (chequebook_zstd_encoder *)context;
}

void chequebook_zstd_encoder_free(chequebook_zstd_encoder *encoder) { ZSTD_freeCCtx(context_of(encoder)); }

size_t chequebook_zstd_frame_bytes_max(size_t count) { return ZSTD_compressBound(count); }

size_t chequebook_zstd_encode(
    chequebook_zstd_encoder *encoder, void *target, size_t capacity, const void *bytes, size_t count) {
    size_t size = ZSTD_compress2(context_of(encoder), target, capacity, bytes, count);
    return ZSTD_isError(size) ? 0 : size;
}

chequebook_zstd_decoder *chequebook_zstd_decoder_create(void) {
    return (chequebook_zstd_decoder *)ZSTD_createDCtx();
}

void chequebook_zstd_decoder_free(chequebook_zstd_decoder *decoder) { ZSTD_freeDCtx((ZSTD_DCtx *)decoder); }

int chequebook_zstd_decode(
    chequebook_zstd_decoder *decoder, void *target, size_t target_count, const void *bytes, size_t count) {
    // zstd takes several frames, and frames to be skipped, as one content; a block is one frame and nothing else.
    size_t frame = ZSTD_findFrameCompressedSize(bytes, count);
    if (ZSTD_isError(frame) || frame != count) return 0;
    return ZSTD_decompressDCtx((ZSTD_DCtx *)decoder, target, target_count, bytes, count) == target_count;
}
