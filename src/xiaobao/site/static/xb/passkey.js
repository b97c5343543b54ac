// What a passkey that was not used is told as: the browser only says it to its console.
(function () {
  "use strict";
  const SAID = {
    NotAllowedError: "没有完成：取消了、超时了，或这台设备上没有本系统的通行密钥。可以再试一次，或改用密码、动态码。",
    SecurityError: "这个地址不能使用通行密钥：请用域名（不是 IP 地址）并以 https 打开本系统，或改用密码、动态码。",
    InvalidStateError: "这台设备上已经添加过本系统的通行密钥，不必再添加。",
    NotSupportedError: "这个浏览器或设备不支持通行密钥，请改用密码、动态码。",
  };
  function say(words) {
    const place = document.getElementById("passkey_said");
    place.querySelector("span").textContent = words;
    place.setAttribute("role", "alert");
    place.hidden = false;
  }
  document.addEventListener("allauth.error", (event) => {
    const error = event.detail.exception;
    event.preventDefault();
    say((error && SAID[error.name]) || "没有完成，请再试一次，或改用密码、动态码。");
  });
  if (!window.PublicKeyCredential) say(window.isSecureContext ? SAID.NotSupportedError : SAID.SecurityError);
})();
