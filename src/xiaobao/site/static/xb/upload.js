// Files too large or of a kind that is not taken are told beside their control, before anything is sent.
(function () {
  "use strict";
  const CHOSEN = "input[type=file][data-file-bytes]";
  const megabytes = (size) => (size / 1048576).toFixed(1).replace(/\.0$/, "");

  // One sentence a fault, in the words of the server (base/evidence/messages.py).
  function faults(input) {
    const files = Array.from(input.files);
    const most = Number(input.dataset.fileBytes), together = Number(input.dataset.requestBytes);
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const found = [];
    for (const file of files) {
      const extension = /\.[^.]+$/.test(file.name) ? file.name.replace(/^.*\./, ".").toLowerCase() : "";
      if (!input.accept.split(",").includes(extension)) found.push(`“${file.name}”：不接受${extension ? `扩展名为 ${extension} 的文件` : "没有扩展名的文件"}。可上传：${input.dataset.allowed}。`);
      if (file.size > most) found.push(`“${file.name}”：文件有 ${megabytes(file.size)} MB，超过单个文件 ${megabytes(most)} MB 的上限。请压缩图片、拆分文档后分次上传。`);
    }
    if (total > together && files.length > 1) found.push(`所选文件共 ${megabytes(total)} MB，超过一次提交 ${megabytes(together)} MB 的上限。请分次上传。`);
    return found;
  }

  function tell(input) {
    const place = input.closest(".f");
    const found = faults(input);
    place.querySelectorAll(".msg").forEach((line) => line.remove());
    place.classList.toggle("f-err", found.length > 0);
    input.toggleAttribute("aria-invalid", found.length > 0);
    found.forEach((words, index) => {
      const line = document.createElement("p");
      line.className = "msg"; line.id = `${input.id}_chosen_${index}`; line.setAttribute("role", "alert");
      line.textContent = words;
      place.append(line);
    });
    if (found.length) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", `${input.id}_chosen_0`); }
    return found.length > 0;
  }

  document.addEventListener("change", (event) => { if (event.target.matches(CHOSEN)) tell(event.target); });
  // Before the dialog and the page send: what the server would refuse stays here, with everything typed.
  document.addEventListener("submit", (event) => {
    const wrong = Array.from(event.target.querySelectorAll(CHOSEN)).filter(tell);
    if (!wrong.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong[0].focus();
  }, true);
})();
