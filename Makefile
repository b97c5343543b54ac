# The two commands of the product are `make demo` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
SCALE ?= 0.1
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help install demo test test-fast test-presidio fuzz check bench bench-openfisca screenshots lock clean test-kill test-flink

help: ## 列出全部命令 / list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本 / Python 3.11+ is required"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "请先安装 venv：apt-get install python3-venv / venv is missing"; exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "安装运行依赖（按哈希锁定）/ installing the locked packages ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --require-hashes -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src/xiaobao
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "安装开发与测试依赖 / installing the test tools ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

install: $(VENV)/.runtime ## 建立 .venv，装好 xiaobao 命令 / make .venv with the xiaobao command

demo: $(VENV)/.runtime ## 建示例银行并启动（FRESH=1 重建，SCALE=1 全量，LAW=法规文件夹）/ build the demo bank and serve it
	@$(BIN)/xiaobao demo --serve --host $(HOST) --port $(PORT) --scale $(SCALE) $(if $(FRESH),--fresh) $(if $(LAW),--law "$(LAW)")

test: $(VENV)/.dev ## 全部测试 / every test
	@$(BIN)/python -m tests.run

test-fast: $(VENV)/.dev ## 只跑不用数据库的测试 / the tests without a database
	@$(BIN)/python -m pytest -q tests/kernel tests/rules tests/engines tests/house

test-kill: $(VENV)/.dev ## 反欺诈引擎：负载下 kill -9 一百次 / the anti-fraud server killed 100 times under load
	@XIAOBAO_KILLS=100 $(BIN)/python -m pytest -q tests/engines/fraud/test_kill.py

test-flink: ## 反欺诈引擎在 Apache Flink 上的测试（需 Java 17）/ the engine inside Flink, in an environment of its own
	@test -x .venv-flink/bin/python || $(PYTHON) -m venv .venv-flink
	@.venv-flink/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-flink.lock
	@PYTHONPATH=src:. .venv-flink/bin/python -m pytest -q --noconftest -p no:cacheprovider -c /dev/null --rootdir . tests/engines/fraud/flink_real.py tests/engines/fraud/flink_killed.py

PRESIDIO := $(VENV)/bench/presidio
$(PRESIDIO)/.done: requirements-presidio.lock
	@$(PYTHON) -m venv $(PRESIDIO)
	@$(PRESIDIO)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-presidio.lock
	@touch $@

test-presidio: $(PRESIDIO)/.done ## 在单独环境里用真的 Presidio 测适配 / our recogniser in the real Presidio
	@PYTHONPATH=src $(PRESIDIO)/bin/python -m pytest -q --noconftest tests/engines/pii/presidio_real.py

fuzz: $(VENV)/.dev ## 随机文件喂给文本引擎的读取器（FUZZ_SECONDS=600）/ random files for every reader of the text engines
	@$(BIN)/python -m tests.fuzz

check: $(VENV)/.dev ## 格式、类型、契约、体量、依赖、链接 / format, lint, types, contracts, sizes
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.house.sizes
	@$(BIN)/deptry src
	@$(BIN)/python -m tests.house.links

bench: $(VENV)/.dev ## 打印性能数字 / print the measured figures
	@$(BIN)/python -m bench

bench-openfisca: $(VENV)/.dev ## 测速对照：在单独环境里装 OpenFisca / the peer of the rule book, in an environment of its own
	@$(BIN)/python -m bench.openfisca

screenshots: $(VENV)/.dev ## 重拍文档里的图片 / take the pictures of the README again
	@$(BIN)/python -m tests.screenshots

lock: $(VENV)/.dev ## 重新锁定依赖（需 uv）/ renew the hash locks
	uv pip compile --generate-hashes --python-version 3.11 --no-header --extra fraud --extra pii-files --extra pii-names --extra pii-parquet --extra text pyproject.toml -o requirements.lock -q
	printf "hatchling>=1.25\neditables>=0.5\n" | uv pip compile --generate-hashes --python-version 3.11 --no-header - -o requirements-build.lock -q
	uv pip compile --generate-hashes --python-version 3.11 --no-header --group dev --extra fraud --extra pii-files --extra pii-names --extra text pyproject.toml -o requirements-dev.lock -q
	printf "presidio-analyzer==2.2.366\nspacy>=3.8\npytest>=8.3\n" | uv pip compile --generate-hashes --python-version 3.11 --no-header - -o requirements-presidio.lock -q
	uv pip compile --generate-hashes --python-version 3.11 --no-header bench/peers.in -o bench/peers.lock -q

clean: ## 删除 .venv 与缓存（不动 var/）/ remove .venv and caches, keep var/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
