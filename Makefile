# kith. `make` builds build/kith; `make demo` and `make check` set up what is missing first.
PREFIX  ?= /usr/local
DESTDIR ?=
B       ?= build
SAN     ?=

VERSION  := 0.1.0
# Its day, as the manual tells it.
DAY      := 2026-11-30
PACKAGES := gcc pkg-config libyaml-dev libcmark-dev libgit2-dev libjansson-dev libutf8proc-dev liburing-dev libedit-dev git
TESTERS  := clang-format libcmocka-dev perl openssh-client strace zsh git-filter-repo python3-jsonschema less bash-completion fish mandoc
MORE     := clang libclang-rt-14-dev faketime nano vim openssh-server chromium graphviz lintian debootstrap
PACKERS  := debhelper dpkg-dev
LIBS     := yaml-0.1 libcmark jansson libutf8proc liburing

WARN := -Wall -Wextra -Wpedantic -Werror -Wconversion -Wshadow -Wcast-qual -Wstrict-prototypes \
        -Wmissing-prototypes \
        -Wpointer-arith -Wvla -Wundef -Wwrite-strings -Wold-style-definition -Wformat=2
# Hardened as Debian's own packages are: 0.02 ms at the start, and 3 % of the instructions of `due`.
OPT  ?= -O2 -g -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
LDFLAGS += -Wl,-z,relro,-z,now
# kith itself is optimised across files, which saves 7 % of its instructions; gcc's way of it.
LTO  := $(if $(findstring clang,$(CC))$(SAN),,-flto=auto -ffat-lto-objects)
AR   := $(if $(LTO),gcc-ar,ar)
ifeq ($(SAN),address)
B    := build/san
OPT  := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
else ifeq ($(SAN),thread)
B    := build/tsan
OPT  := -O1 -g -fsanitize=thread
endif
CPPFLAGS += -Ilib -I$(B)/gen -D_XOPEN_SOURCE=700
CFLAGS   += -std=c17 $(OPT) $(LTO) $(WARN) -fPIC -fvisibility=hidden -fno-semantic-interposition
# Asked for when a rule needs them, so that `make demo` can install pkg-config first.
LIBFLAGS  = $(shell pkg-config --libs $(LIBS)) -pthread -ldl
GITFLAGS  = $(shell pkg-config --libs libgit2)

GIT_SRC  := $(filter-out lib/git/git.c,$(wildcard lib/git/*.c))
LIB_SRC  := $(filter-out $(GIT_SRC),$(wildcard lib/*/*.c))
CMD_SRC  := $(wildcard cmd/*.c)
UNIT_SRC := $(wildcard tests/unit/*.c)
# What is installed beside the program is not in it.
CARRIED  := $(shell find templates -path templates/install -prune -o -print | LC_ALL=C sort | sed 's/ /\\ /g')
obj       = $(patsubst %.c,$(B)/%.o,$(1))
LIB_OBJ  := $(call obj,$(LIB_SRC)) $(B)/gen/carried.o
BASE_OBJ := $(call obj,$(wildcard lib/base/*.c))
UNITS    := $(patsubst tests/unit/%.c,$(B)/unit/%,$(UNIT_SRC))

all: $(B)/kith $(B)/kith-git.so

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The templates and the example journal, carried in the program as they are.
$(B)/gen/carried.o: lib/report/carried.sh $(CARRIED)
	@mkdir -p $(@D)
	sh lib/report/carried.sh templates > $(B)/gen/carried.S
	$(CC) -c -o $@ $(B)/gen/carried.S

# The folders stand for a source that went away.
$(B)/libkith.a: $(LIB_OBJ) $(wildcard lib/*/)
	@rm -f $@
	$(AR) rcs $@ $(filter %.o,$^)

$(B)/cmd/%.o: CPPFLAGS += -DKITH_VERSION='"$(VERSION)"' -DKITH_DAY='"$(DAY)"' -DKITH_LIBDIR='"$(PREFIX)/lib/kith"'
$(B)/kith: $(call obj,$(CMD_SRC)) $(B)/libkith.a
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -Wl,--as-needed -o $@ $^ $(LIBFLAGS)

# libgit2 costs more to load than most commands take: it is a module, loaded by need.
$(B)/kith-git.so: $(call obj,$(GIT_SRC) lib/git/git.c) $(BASE_OBJ)
	$(CC) $(CFLAGS) -fno-lto $(LDFLAGS) -shared -Wl,--as-needed -o $@ $^ $(GITFLAGS) $(shell pkg-config --libs libutf8proc liburing)

# What writes the review on Mondays, where it is enabled.
UNITDIR  := $(DESTDIR)$(PREFIX)/lib/systemd/user
TIMER    := kith-review.service kith-review.timer
# Where shells look for what completes; zsh is Debian's below /usr alone.
SHARE    := $(DESTDIR)$(PREFIX)/share
ZSHDIR   := $(SHARE)/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)

# The manual: kith prints it, a page for each command and topic.
PAGES := kith.1 $(shell sed -n 's/^COMMAND(\(.*\))$$/kith-\1.1/p' cmd/commands.def | tr _ -) \
         kith-format.5 kith-json.5 kith-query.7
MAN   := $(PAGES:%=$(B)/man/%)
man: $(MAN)
$(MAN): $(B)/kith
	@mkdir -p $(@D)
	$(B)/kith help --man $(filter-out kith,$(patsubst kith-%,%,$(basename $(@F)))) > $@

install: all man
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/kith
	for page in $(PAGES); do install -D -m 644 $(B)/man/$$page \
		$(SHARE)/man/man$${page##*.}/$$page || exit 1; done
	install -m 755 $(B)/kith $(DESTDIR)$(PREFIX)/bin/kith
	install -m 644 $(B)/kith-git.so $(DESTDIR)$(PREFIX)/lib/kith/kith-git.so
	install -D -m 644 templates/install/kith.bash $(SHARE)/bash-completion/completions/kith
	install -D -m 644 templates/install/_kith $(ZSHDIR)/_kith
	install -D -m 644 templates/install/kith.fish $(SHARE)/fish/vendor_completions.d/kith.fish
	install -D -m 644 -t $(UNITDIR) $(TIMER:%=templates/install/%)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/kith $(DESTDIR)$(PREFIX)/lib/kith/kith-git.so
	rm -f $(SHARE)/bash-completion/completions/kith $(ZSHDIR)/_kith
	rm -f $(SHARE)/fish/vendor_completions.d/kith.fish
	rm -f $(TIMER:%=$(UNITDIR)/%)
	rm -f $(foreach page,$(PAGES),$(SHARE)/man/man$(subst .,,$(suffix $(page)))/$(page))

# The Debian package, in build/deb.
deb: setup-deb
	@sh templates/install/deb.sh $(B)/deb $(VERSION) $(DAY) $(filter-out gcc git,$(PACKAGES))

# Set-up: says what it installs, and is silent and quick when nothing is missing.
setup-build:
	@sh tests/check/setup.sh $(PACKAGES)
setup-deb:
	@sh tests/check/setup.sh $(PACKAGES) $(PACKERS)
setup-test:
	@sh tests/check/setup.sh $(PACKAGES) $(TESTERS)
setup-more:
	@sh tests/check/setup.sh $(PACKAGES) $(TESTERS) $(MORE) $(PACKERS)

demo: setup-build
	@sh tests/check/build.sh $(MAKEOVERRIDES) all
	@$(B)/kith -C templates/example --today 2026-11-23 review --stdout 2>/dev/null || test $$? -eq 1

check: setup-test
	@sh tests/check/run.sh $(STEPS)
# What takes longer.
check-more: setup-more
	@sh tests/check/run.sh $(or $(STEPS),more)

$(B)/unit/%: $(B)/tests/unit/%.o $(B)/libkith.a $(B)/kith-git.so
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -fno-lto $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) -lcmocka $(LIBFLAGS)
$(B)/unit/test_merge_laws: $(call obj,$(wildcard tests/merge/*.c))
$(B)/unit/test_merge_laws $(B)/unit/test_merge_growth: $(call obj,tests/fault/texts.c)
units: $(UNITS)
$(B)/canary: $(B)/tests/check/canary.o $(B)/libkith.a
	$(CC) $(CFLAGS) -fno-lto $(LDFLAGS) -o $@ $^ $(LIBFLAGS)

format:
	clang-format -i $(shell find cmd lib tests -name '*.[ch]')
# SECONDS: how long each fuzzer runs.
SECONDS ?= 60
fuzz: setup-more
	@sh tests/fuzz/run.sh $(SECONDS)
fault: setup-test
	@sh tests/check/build.sh $(MAKEOVERRIDES) all
	@B=$(B) sh tests/fault/campaign.sh
# ROUNDS histories from SEED on; `make simulate SEED=17 ROUNDS=1 KITH_SHOW=1` shows one.
ROUNDS ?= 100
SEED   ?= 1
simulate: setup-test
	@sh tests/check/build.sh $(MAKEOVERRIDES) all
	@B=$(B) sh tests/sync/simulate.sh $(SEED) $(ROUNDS)
bench: setup-build
	@sh tests/check/setup.sh ripgrep
	@sh tests/check/build.sh $(MAKEOVERRIDES) all
	@sh tests/bench/run.sh
# The README's pictures, of the example journal's pages.
pictures: setup-build
	@sh tests/check/setup.sh chromium pngquant fonts-noto-core fonts-noto-cjk
	@sh tests/check/build.sh $(MAKEOVERRIDES) all
	@B=$(B) sh tests/pages/pictures.sh
clean:
	rm -rf build

.PHONY: all man install uninstall deb setup-build setup-deb setup-test setup-more demo check check-more units format fuzz fault simulate bench pictures clean
.SECONDARY:
-include $(shell find $(B)/cmd $(B)/lib $(B)/tests -name '*.d' 2>/dev/null)
