-- What Neovim, set up by the recipe of dsl/editors.md, gets from the real language server.
--
--     nvim --headless -c 'luafile neovim.lua' main.dyadic
--
-- Ends with exit code 1 and the claim that does not hold, or with 0.

local function fail(what)
    io.stderr:write("\nnot so: " .. what .. "\n")
    vim.cmd("cquit 1")
end

local function claim(what, holds)
    if not holds then
        fail(what)
    end
end

local function wait(what, isSo)
    if not vim.wait(60000, isSo, 50) then
        fail(what .. "; diagnostics: " .. vim.inspect(vim.diagnostic.get(0)))
    end
end

local function text(buffer)
    return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), "\n")
end

local function cursorAt(word)
    vim.api.nvim_win_set_cursor(0, { 1, 0 })
    claim(word .. " is in the text", vim.fn.search(word, "c") > 0)
end

local function ask(method, more)
    local parameters = vim.tbl_extend("force", vim.lsp.util.make_position_params(0, "utf-16"), more or {})
    local answers, problem = vim.lsp.buf_request_sync(0, method, parameters, 30000)
    claim(method .. " is answered: " .. tostring(problem), answers and next(answers))
    local _, answer = next(answers)
    claim(method .. " has a result: " .. vim.inspect(answer), answer.result)
    return answer.result
end

local function main()
    local buffer = vim.api.nvim_get_current_buf()
    claim("the file type is known", vim.bo.filetype == "dyadic")

    wait("a mistake is shown", function() return #vim.diagnostic.get(buffer) == 1 end)
    local found = vim.diagnostic.get(buffer)[1]
    claim("with its code", found.code == "unknown-plugin")
    claim("where it is", text(buffer):match("uppot") and found.lnum == 2)
    claim("with a guess", found.message:match("Did you mean upot%?"))

    cursorAt("uppot")
    local items = ask("textDocument/completion")
    claim("quantizers are completed", vim.tbl_contains(
        vim.tbl_map(function(item) return item.label end, items.items or items), "apot"))

    cursorAt("Shared")
    claim("a name shows its documentation",
        vim.inspect(ask("textDocument/hover")):match("Shared by all"))
    vim.lsp.buf.definition()
    wait("a name leads to the file that declares it", function()
        return vim.api.nvim_buf_get_name(0):match("library%.dyadic$")
    end)
    vim.api.nvim_set_current_buf(buffer)

    cursorAt("uppot")
    vim.cmd("normal! cwupot")
    wait("a mended mistake disappears", function()
        return vim.tbl_isempty(vim.tbl_filter(
            function(it) return it.code == "unknown-plugin" end, vim.diagnostic.get(buffer)))
    end)

    cursorAt("Shared")
    vim.lsp.buf.rename("Common")
    local library = vim.fn.bufnr("library.dyadic")
    wait("a name is changed in all files", function()
        return text(buffer):match("Common") and text(library):match("policy Common")
    end)

    if vim.lsp.buf.format then
        vim.lsp.buf.format({ timeout_ms = 30000 })
    else
        vim.lsp.buf.formatting_sync(nil, 30000)
    end
    claim("the file is laid out", text(buffer):match("policy Mine { default weights upot }"))

    local lenses = ask("textDocument/codeLens")
    claim("an experiment can be run", lenses[1].command.title == "Run experiment")
    vim.cmd("qall!")
end

local ran, problem = pcall(main)
if not ran then
    fail(tostring(problem))
end
