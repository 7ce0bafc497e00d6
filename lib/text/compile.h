/*
 * The lexicon while it is being compiled. Internal to lib/text.
 */
#ifndef PROVISO_COMPILE_H
#define PROVISO_COMPILE_H

#include "lexicon.h"

struct list {
	uint32_t *at;
	size_t count, capacity;
};

struct draft_symbol {
	struct span text;
	struct symbol symbol;
	struct list classes, starts;
};

/* A member of a class as a file writes it. */
struct draft_member {
	const char *text;
	struct document *document;
	const struct place *place;
};

struct draft_id {
	const char *text;
	struct document *document;
	const struct place *place;
	size_t number;
};

struct draft_class {
	const char *name;  /* NULL: the words of a group in patterns */
	struct span group; /* as the pattern writes it; empty if named */
	struct draft_member *members;
	size_t member_count, member_capacity;
	struct list starts;
	uint32_t spans;
	uint64_t signature;
	bool used, compiling, compiled;
};

struct lexicon_compiler {
	struct arena *arena;
	struct image_builder *image;
	const struct vocabulary *axes;
	struct document *document; /* being read */
	const struct place *place; /* in it */
	struct draft_symbol *symbols;
	size_t symbol_count, symbol_capacity;
	uint32_t *slots;
	size_t slot_count;
	struct draft_class *classes;
	size_t class_count, class_capacity;
	struct item *items;
	size_t item_count, item_capacity;
	struct draft_id *ids; /* of masks, patterns and context */
	size_t id_count, id_capacity;
};

void list_add(struct arena *, struct list *, uint32_t);

/* The symbol of a word as a pattern writes it (folded here; a star at its end
 * makes it a beginning); UINT32_MAX and a problem where it is none. */
uint32_t compile_word(struct lexicon_compiler *, struct span word);

/* Whether a symbol is in a class that is being filled: no later class has
 * members yet. */
bool compile_in_class(const struct lexicon_compiler *, uint32_t symbol, uint32_t class);

/* Whether a member with a star in such a class covers another member of it. */
bool compile_covered(const struct lexicon_compiler *, uint32_t symbol, uint32_t class);

/* A named class, made if need be. */
uint32_t compile_class_named(struct lexicon_compiler *, struct span name);

/* Compiles class members of several words, after those that they refer to. */
void compile_class(struct lexicon_compiler *, uint32_t index);

/* Compiles a pattern into an item, which is filled in but for its meaning.
 * Returns false, with a problem reported, where it is no pattern. */
bool compile_pattern(struct lexicon_compiler *, struct span text, struct item *);

/* Adds a finished item. */
void compile_add(struct lexicon_compiler *, const struct item *);

/* Cuts all items and names of a lexicon whose other sections are in the image. */
void compile_chains(struct image_builder *);

/* Once all items are there: what a matcher runs them by. */
void compile_items(struct lexicon_compiler *);

void compile_problem(struct lexicon_compiler *, const char *id, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* Reads the "names" of all documents. */
void compile_names(struct lexicon_compiler *, struct document *documents, size_t count);

/* Once all symbols and names are there: the sets that words are looked up in first. */
void compile_sets(struct lexicon_compiler *);

/* Reads the "repair" of all documents. */
void compile_repair(struct lexicon_compiler *, struct document *documents, size_t count);

/* Calls for each object of the array member `key` of each document, with
 * document and place set. */
void compile_each(struct lexicon_compiler *, struct document *documents, size_t count,
                  const char *key, void (*take)(struct lexicon_compiler *, json_t *));

/* The value that the string member `key` of an object tells; NO_VALUE if there
 * is none. */
uint32_t compile_value(struct lexicon_compiler *, json_t *object, const char *key, bool required);

#endif
